/** What the {@code benchmark} command measures: rates, latencies and resources on a broker in this process. */
@NullMarked
package io.credence.tool.benchmark;

import org.jspecify.annotations.NullMarked;
