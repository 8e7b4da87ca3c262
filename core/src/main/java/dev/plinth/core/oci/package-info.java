/// Image values as the OCI image specification and Docker define them, and their JSON.
///
/// Start at [dev.plinth.core.oci.ManifestOrIndex], which a name points to, then
/// [dev.plinth.core.oci.ImageConfig]. Values are checked and copied when made, from hostile
/// documents too, and never change. Reading ignores fields that are not modelled, except those of
/// the container config, which builds hand on: whoever receives a document keeps its bytes, and its
/// digest is of those, never of JSON written again. The package touches no network and, but for the
/// host's processor in [dev.plinth.core.oci.Platform#host], no file.
@NullMarked
package dev.plinth.core.oci;

import org.jspecify.annotations.NullMarked;
