/** An embedded broker and the bundled bike-sharing feed. */
@NullMarked
package io.credence.tool.demo;

import org.jspecify.annotations.NullMarked;
