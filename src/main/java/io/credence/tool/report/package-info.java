/** An evaluation as a page. */
@Internal
@NullMarked
package io.credence.tool.report;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
