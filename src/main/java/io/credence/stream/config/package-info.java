/** Every {@code credence.*} key, its default, validator and documentation, and the typed values made from them. */
@Internal(
        except = {
            AlertSection.class,
            CredenceConfig.class,
            EventSection.class,
            HttpSection.class,
            LabelsSection.class,
            LearningSection.class,
            NetworkSection.class,
            OtlpSection.class,
            PublishSection.class,
            ScoringSection.class,
            ServiceSection.class,
            TopicSection.class,
            UpdateSection.class,
            WarmupSection.class
        })
@NullMarked
package io.credence.stream.config;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
