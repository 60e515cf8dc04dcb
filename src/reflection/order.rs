//! Sorting.

/// Sorts a list in place with heapsort: O(n log n) comparisons in the worst case, not stable.
///
/// Each sort of the standard library adds a kilobyte to the WebAssembly.
pub(super) fn sort<T>(list: &mut [T], is_before: &dyn Fn(&T, &T) -> bool) {
    for root in (0..list.len() / 2).rev() {
        sift(list, root, is_before);
    }
    for end in (1..list.len()).rev() {
        list.swap(0, end);
        if let Some(heap) = list.get_mut(..end) {
            sift(heap, 0, is_before);
        }
    }
}

/// Restores the heap property by moving the item at `at` down.
fn sift<T>(heap: &mut [T], mut at: usize, is_before: &dyn Fn(&T, &T) -> bool) {
    loop {
        let mut child = 2 * at + 1;
        if let [left, right] = heap.get(child..child + 2).unwrap_or_default()
            && is_before(left, right)
        {
            child += 1;
        }
        match (heap.get(at), heap.get(child)) {
            (Some(item), Some(below)) if is_before(item, below) => heap.swap(at, child),
            _ => return,
        }
        at = child;
    }
}

/// Compares keys so that the state of a reflection comes right before its answers, with no key of another reflection in
/// between: `:` sorts before all other characters.
pub(super) fn is_key_before(one: &str, other: &str) -> bool {
    let at = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let next = |key: &str| key.as_bytes().get(at).map(|byte| if *byte == b':' { 0 } else { *byte });
    next(one) < next(other)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::{is_key_before, sort};

    #[test]
    fn sort_agrees_with_the_standard_library_in_n_log_n_comparisons() {
        for seed in 0..50_u64 {
            let count = seed * 7;
            let mut list: Vec<u64> = (0..count).map(|at| (at * 2_654_435_761 + seed * 97) % (seed + 11)).collect();
            let mut expected = list.clone();
            expected.sort_unstable();
            let compared = Cell::new(0);
            sort(&mut list, &|one, other| {
                compared.set(compared.get() + 1);
                one < other
            });
            assert_eq!(list, expected);
            assert!(compared.get() <= 3 * count * u64::from(64 - count.leading_zeros()), "{}", compared.get());
        }
    }

    #[test]
    fn keys_of_a_reflection_are_adjacent() {
        let mut keys = vec!["p:r12:a", "p:r1:b", "p:r12", "p:r1", "p:r1:a", "p:r2"];
        sort(&mut keys, &|one, other| is_key_before(one, other));
        assert_eq!(keys, ["p:r1", "p:r1:a", "p:r1:b", "p:r12", "p:r12:a", "p:r2"]);
    }
}
