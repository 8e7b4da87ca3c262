/// Where everything is kept: blobs by digest, layers by diff ID, names, leases and the collection
/// of what nobody needs any more; images in and out as archives. Store format 1 is described in
/// `docs/reference/store-format.md`.
///
/// Leaves to others what a container is and how layers are mounted. Start at
/// [dev.plinth.core.store.Store].
///
/// Three rules keep the store whole. Content is written under `tmp/`, checked, synced and renamed
/// into place. Names are written last. What a running process uses is written in its [Lease] before
/// it is used, and collection, which alone deletes, runs when nobody else is in a short section
/// under the store's lock.
@NullMarked
package dev.plinth.core.store;

import org.jspecify.annotations.NullMarked;
