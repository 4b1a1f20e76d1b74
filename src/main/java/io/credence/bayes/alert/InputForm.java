package io.credence.bayes.alert;

import java.util.List;

/**
 * Which columns of an encoded event can lie out of range, and how.
 *
 * @param numeric columns of plain numbers, which have a range; rising
 * @param categories columns of each feature that takes one of several categories, one column a category
 */
public record InputForm(List<Integer> numeric, List<List<Integer>> categories) {
    public InputForm {
        numeric = List.copyOf(numeric);
        categories = categories.stream().map(List::copyOf).toList();
    }

    int[] numericColumns() {
        return numeric.stream().mapToInt(i -> i).toArray();
    }
}
