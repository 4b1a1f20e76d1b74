/** The Kafka Streams graph and its processors. */
@Internal(except = {CredenceTopology.class, DeadLetter.class, HostSetting.class})
@NullMarked
package io.credence.stream.topology;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
