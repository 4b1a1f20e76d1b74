/** Tables of text, as people and programs write them: found out how they are written, read, and told what was decided. */
@NullMarked
package io.credence.tool.csv;

import org.jspecify.annotations.NullMarked;
