/** A Kafka broker and a schema registry inside the process, for trying things, the demo, the benchmark and the tests. */
@Internal
@NullMarked
package io.credence.tool.broker;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
