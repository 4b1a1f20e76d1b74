/** The running service: health, lifecycle and metrics. */
@Internal(except = {CredenceService.class, Guard.class, Safeguards.class, StartupException.class})
@NullMarked
package io.credence.stream.serve;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
