/** What the {@code benchmark} command measures: rates, latencies and resources on a broker in this process. */
@Internal
@NullMarked
package io.credence.tool.benchmark;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
