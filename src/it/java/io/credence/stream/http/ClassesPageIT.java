package io.credence.stream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.it.Browser;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page of models of classes in a real browser: what they learned of each feature. */
@Timeout(300)
final class ClassesPageIT {
    @BeforeAll
    static void thereMustBeABrowser() {
        Browser.assumeThereIsOne();
    }

    @Test
    void shouldDrawTheProbabilityOfEachClassOverEachFeature() {
        try (Standing standing = new Standing("credence.task", "multiclass", "credence.classes", "low,middle,high");
                Browser browser = new Browser()) {
            browser.look(390, 844, false);
            browser.open("http://127.0.0.1:" + standing.port() + "/");
            browser.await("document.querySelectorAll('#classes li').length === 3");
            assertEquals(
                    "low middle high",
                    browser.value("[...document.querySelectorAll('#classes li')].map(i => i.textContent).join(' ')")
                            .textValue());
            browser.await("document.querySelectorAll('#curves canvas').length === 2");
            // At the end of each curve the probabilities of all classes sum to one.
            browser.await("""
                    [...document.querySelectorAll('#curves [role=img]')].every(chart => Math.abs(1
                      - [...chart.getAttribute('aria-label').matchAll(/(low|middle|high) ([\\d.e-]+)/g)]
                        .reduce((sum, [, , p]) => sum + Number(p), 0)) < 0.002)
                    """);
            browser.await("/^\\w+: [\\d.]+ %, \\w+: [\\d.]+ %, \\w+: [\\d.]+ %/"
                    + ".test(document.getElementById('answer').textContent)");
            browser.await("document.getElementById('band-what').textContent"
                    + ".startsWith('The line is the likeliest class: 0 is low, 1 is middle, 2 is high;')");
            assertEquals(
                    390,
                    browser.value("document.documentElement.scrollWidth").intValue(),
                    "nothing to scroll sideways");
            assertEquals(List.of(), browser.errors());
        }
    }

    @Test
    void shouldDrawTheLikeliestClassesWhereThereAreMany() {
        String many = "a,b,c,d,e,f,g,h,i,j";
        try (Standing standing = new Standing("credence.task", "multiclass", "credence.classes", many);
                Browser browser = new Browser()) {
            browser.open("http://127.0.0.1:" + standing.port() + "/");
            browser.await("document.querySelectorAll('#classes li').length === 6");
            browser.await("document.getElementById('curves-what').textContent.includes('of the likeliest')");
            assertEquals(List.of(), browser.errors());
        }
    }
}
