//! Items that belong to numbers, all of one number together.

/// Items by a number below so many; those of one number in the order in which they came.
#[derive(Debug)]
pub(super) struct Groups<T> {
    /// By number: where its items begin; one more than there are numbers.
    starts: Box<[u32]>,
    all: Box<[T]>,
}

impl<T> Groups<T> {
    /// `number` of each is less than `size`.
    pub fn new<I>(items: &[I], size: usize, number: impl Fn(&I) -> usize, item: impl Fn(&I) -> T) -> Self {
        let mut starts = vec![0; size + 1];
        for item in items {
            starts[number(item) + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let (mut order, mut next) = (vec![0; items.len()], starts.clone());
        for (i, item) in items.iter().enumerate() {
            let place = &mut next[number(item)];
            order[*place as usize] = i as u32;
            *place += 1;
        }
        Self { starts: starts.into(), all: order.into_iter().map(|i| item(&items[i as usize])).collect() }
    }

    /// Those of a number.
    #[inline]
    pub fn of(&self, number: usize) -> &[T] {
        self.between((self.starts[number], self.starts[number + 1]))
    }

    /// Those from one place up to another, of all.
    #[inline]
    pub fn between(&self, (from, to): (u32, u32)) -> &[T] {
        &self.all[from as usize..to as usize]
    }

    /// Those of each number, in order.
    pub fn iter(&self) -> impl Iterator<Item = &[T]> {
        self.starts.windows(2).map(|w| self.between((w[0], w[1])))
    }

    /// How many numbers there may be.
    pub fn size(&self) -> usize {
        self.starts.len() - 1
    }

    /// Brings the items of each number into order.
    pub fn sort_each_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        for w in self.starts.windows(2) {
            self.all[w[0] as usize..w[1] as usize].sort_by_key(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_number_has_its_items_in_order(items in prop::collection::vec((0_usize..6, 0_u8..4), 0..30)) {
            let mut groups = Groups::new(&items, 6, |item| item.0, |item| item.1);
            prop_assert_eq!(groups.size(), 6);
            let of = |number| items.iter().filter(move |item| item.0 == number).map(|item| item.1).collect::<Vec<_>>();
            for number in 0..6 {
                prop_assert_eq!(groups.of(number), of(number));
            }
            prop_assert_eq!(groups.iter().flatten().count(), items.len());
            groups.sort_each_by_key(|item| *item);
            for (number, sorted) in groups.iter().enumerate() {
                let mut naive = of(number);
                naive.sort_unstable();
                prop_assert_eq!(sorted, naive);
            }
        }
    }
}
