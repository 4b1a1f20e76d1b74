/** The records: what a user's record says, and what ours are made of. */
@NullMarked
package io.credence.stream.event;

import org.jspecify.annotations.NullMarked;
