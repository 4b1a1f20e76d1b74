/** The records: what a user's record says, and what ours are made of. */
@Internal
@NullMarked
package io.credence.stream.event;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
