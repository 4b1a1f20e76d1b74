/** An embedded broker and the bundled bike-sharing feed. */
@NullMarked
package io.credence.demo;

import org.jspecify.annotations.NullMarked;
