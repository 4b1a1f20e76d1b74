/** A Kafka broker inside the process, for the demo, the benchmark and the tests. */
@Internal
@NullMarked
package io.credence.tool.broker;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
