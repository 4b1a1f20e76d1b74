package io.credence.tool.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.TrainingKernel;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComputeTest {
    @Test
    void shouldReportEveryFigureWhenRun() throws Exception {
        ComputeResult result = new Compute(4, List.of(8), 4, 1, 0.01).run();
        JsonNode json = new JsonMapper().readTree(result.json());
        for (String field : List.of(
                "trainBatch1",
                "trainBatch32",
                "trainDefault",
                "scoreBatch1",
                "scoreBatch64",
                "scoreBatch256",
                "gemmPeakShare")) {
            assertTrue(json.get(field).doubleValue() > 0, field);
            assertTrue(Double.isFinite(json.get(field).doubleValue()), field);
        }
        assertEquals(7, json.size());
        assertEquals(7, result.text().lines().count());
    }

    @Test
    void shouldTrainOnWorkThatCanBeLearned() {
        ComputeWork work = new ComputeWork(4, List.of(8), 4);
        TrainingKernel kernel = work.training(32);
        double early = 0;
        for (int i = 0; i < 640; i++) {
            kernel.step();
            early += i < 64 ? kernel.fit() : 0;
        }
        double late = 0;
        for (int i = 0; i < 64; i++) {
            kernel.step();
            late += kernel.fit();
        }
        assertEquals(0, kernel.rejected());
        assertTrue(late < 0.5 * early, early + " to " + late);
    }

    @Test
    void shouldMakeTheSameEventsWhenAskedTwice() {
        ComputeWork work = new ComputeWork(4, List.of(8), 4);
        List<Observation> events = work.events(10);
        assertEquals(events, work.events(10));
        assertEquals(4, events.get(0).features().width());
    }
}
