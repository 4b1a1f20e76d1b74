/** Rows of tables as records of a topic, and records of topics as lines for people and programs. */
@Internal
@NullMarked
package io.credence.tool.feed;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
