/** An embedded broker and the bundled bike-sharing feed. */
@Internal
@NullMarked
package io.credence.tool.demo;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
