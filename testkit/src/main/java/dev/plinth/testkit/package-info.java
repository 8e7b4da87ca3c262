/// What tests of several modules share: tiny images, hostile archives, an image validator.
@NullMarked
package dev.plinth.testkit;

import org.jspecify.annotations.NullMarked;
