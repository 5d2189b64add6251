//! Numbers by key. Every key has a place that no other has, found when the table is made: one look tells the number of a key, or that it has none.

use std::cmp::Reverse;
use std::ops::Index;

use fearless_simd::prelude::*;
use fearless_simd::{Simd, u64x2};
use rustc_hash::FxHashMap;

use super::WordId;
use super::key::Key;

/// Keys and their numbers, by hash and displacement (Belazzougui, Botelho and Dietzfelbinger 2009, "Hash, displace, and compress").
#[derive(Debug)]
pub(super) struct Table {
    /// By the first bits of a hash: what mixes it so that it leads to the place of its key.
    pilots: Box<[u16]>,
    /// A key and its number stand together.
    slots: Box<[(Key, WordId)]>,
    /// Keys for which there was no place; none, but for hashes that are the same.
    left: FxHashMap<Key, WordId>,
}

/// The places of keys. Where it is known how many there are, as there are of arrays, nothing has to be asked to be sure that a hash leads to one.
pub(super) struct Places<'t, P: ?Sized = [u16], S: ?Sized = [(Key, WordId)]> {
    pilots: &'t P,
    slots: &'t S,
}

impl<P: ?Sized, S: ?Sized> Clone for Places<'_, P, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P: ?Sized, S: ?Sized> Copy for Places<'_, P, S> {}

/// So many of them.
pub(super) type SizedPlaces<'t, const PILOTS: usize, const SLOTS: usize> = Places<'t, [u16; PILOTS], [(Key, WordId); SLOTS]>;

/// Slots, as many as a power of two.
pub(super) trait Slots: Index<usize, Output = (Key, WordId)> {
    fn count(&self) -> usize;
}

impl Slots for [(Key, WordId)] {
    #[inline]
    fn count(&self) -> usize {
        self.len()
    }
}

impl<const COUNT: usize> Slots for [(Key, WordId); COUNT] {
    #[inline]
    fn count(&self) -> usize {
        COUNT
    }
}

/// As bits: how many slots there are to a pilot. There are fewer keys.
pub(super) const TOGETHER: u32 = 2;

/// Evaluates an expression with the places of a table, and returns it from the function around. The expression is compiled once for each size that tables mostly
/// have, so that no place has to be checked; larger tables take the general one.
macro_rules! return_with_sized {
    ($table:expr, $places:ident => $made:expr) => {
        $crate::vocabulary::table::return_with_sized!($table, $places => $made; 4 8 16 32 64 128 256 512 1024 2048 4096 8192 16384 32768)
    };
    ($table:expr, $places:ident => $made:expr; $($pilots:literal)*) => {
        $(if let Some($places) = $table.sized::<$pilots, { $pilots << $crate::vocabulary::table::TOGETHER }>() {
            return $made;
        })*
        let $places = $table.places();
        return $made;
    };
}
pub(super) use return_with_sized;

impl Table {
    /// Of keys that are all different.
    pub fn new(keys: &[(Key, WordId)]) -> Self {
        let slots = (keys.len() * 5 / 4).next_power_of_two().max(16);
        let mut table = Self {
            pilots: vec![0; slots >> TOGETHER].into(),
            slots: vec![Default::default(); slots].into(),
            left: FxHashMap::default(),
        };
        let mut order: Vec<_> = keys.iter().map(|(key, id)| (key.hash(), *key, *id)).collect();
        order.sort_unstable_by_key(|(hash, _, id)| (table.places().pilot(*hash), *id));
        let mut groups: Vec<_> = order.chunk_by(|a, b| table.places().pilot(a.0) == table.places().pilot(b.0)).collect();
        // The largest first, while there is room for them.
        groups.sort_by_key(|group| Reverse(group.len()));
        let mut places = Vec::new();
        for group in groups {
            table.place(group, &mut places);
        }
        table
    }

    /// Finds places for keys of one pilot, each with its hash.
    fn place(&mut self, group: &[(u64, Key, WordId)], places: &mut Vec<usize>) {
        for pilot in 0..=u16::MAX {
            places.clear();
            for (hash, ..) in group {
                let at = self.places().slot(*hash, pilot);
                if self.slots[at].1 != WordId::UNKNOWN || places.contains(&at) {
                    break;
                }
                places.push(at);
            }
            if places.len() == group.len() {
                self.pilots[self.places().pilot(group[0].0)] = pilot;
                for ((_, key, id), at) in group.iter().zip(&*places) {
                    self.slots[*at] = (*key, *id);
                }
                return;
            }
        }
        self.left.extend(group.iter().map(|(_, key, id)| (*key, *id)));
    }

    /// The places, to look up many keys.
    #[inline]
    pub fn places(&self) -> Places<'_> {
        Places { pilots: &self.pilots, slots: &self.slots }
    }

    /// The places, if there are so many pilots and slots.
    #[inline]
    pub fn sized<const PILOTS: usize, const SLOTS: usize>(&self) -> Option<SizedPlaces<'_, PILOTS, SLOTS>> {
        Some(Places { pilots: (*self.pilots).try_into().ok()?, slots: (*self.slots).try_into().ok()? })
    }

    /// Whether every key has a place.
    pub fn all_placed(&self) -> bool {
        self.left.is_empty()
    }

    /// The number of a key that has no place.
    #[inline]
    pub fn left(&self, key: Key) -> WordId {
        if self.left.is_empty() { WordId::UNKNOWN } else { self.left.get(&key).copied().unwrap_or_default() }
    }

    /// The number of a key.
    #[inline]
    pub fn get(&self, key: Key) -> WordId {
        let (id, known) = self.places().of(key);
        if known { id } else { self.left(key) }
    }
}

impl<'t, P, S> Places<'t, P, S>
where
    P: Index<usize, Output = u16> + ?Sized,
    S: Slots + ?Sized,
{
    /// How far a hash is shifted to the right to lead to a slot; [`TOGETHER`] bits more, to a pilot.
    #[inline]
    fn shift(self) -> u32 {
        u64::BITS - self.slots.count().ilog2()
    }

    #[inline]
    fn pilot(self, hash: u64) -> usize {
        (hash >> self.shift() >> TOGETHER) as usize
    }

    #[inline]
    fn slot(self, hash: u64, pilot: u16) -> usize {
        ((hash ^ u64::from(pilot)).wrapping_mul(Key::SPREAD) >> self.shift()) as usize
    }

    /// What has the place of a key: a number, and whether it is that of the key.
    #[inline]
    pub fn of(self, key: Key) -> (WordId, bool) {
        let (known, id) = *self.at(key.hash());
        (id, known.is(key))
    }

    /// The same of a vector.
    #[allow(clippy::inline_always)] // only inlined code is compiled for the vectors of the machine
    #[inline(always)]
    pub fn of_vector<V: Simd>(self, simd: V, key: u64x2<V>) -> (WordId, bool) {
        let (known, id) = self.at(Key::of_vector(key).hash());
        (*id, known.vector(simd).simd_eq(key).all_true())
    }

    #[allow(clippy::inline_always)] // as above
    #[inline(always)]
    fn at(self, hash: u64) -> &'t (Key, WordId) {
        &self.slots[self.slot(hash, self.pilots[self.pilot(hash)])]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(word: &str) -> Key {
        Key::of(word.as_bytes()).0
    }

    proptest! {
        #[test]
        fn each_key_has_its_number(words in prop::collection::hash_set("[a-d]{1,16}", 0..300), other in "[a-d]{1,16}") {
            let ids = |i| WordId::nth(i, 2);
            let keys: Vec<_> = words.iter().enumerate().map(|(i, word)| (key(word), ids(i))).collect();
            let table = Table::new(&keys);
            for (key, id) in keys {
                prop_assert_eq!(table.get(key), id);
            }
            prop_assert_eq!(table.get(key(&other)) == WordId::UNKNOWN, !words.contains(&other));
        }
    }

    #[test]
    fn there_is_room_for_many() {
        let words: Vec<String> = (0..60_000).map(|i| format!("w{i}")).collect();
        let keys: Vec<_> = words.iter().enumerate().map(|(i, word)| (key(word), WordId::nth(i, 2))).collect();
        let table = Table::new(&keys);
        assert!(keys.iter().all(|(key, id)| table.get(*key) == *id) && table.left.is_empty());
        assert_eq!(table.get(key("w60000")), WordId::UNKNOWN);
    }

    #[test]
    fn keys_without_a_place_are_found_too() {
        let mut table = Table::new(&[(key("one"), WordId::nth(0, 2))]);
        let group: Vec<_> = ["two", "two"].map(|word| (key(word).hash(), key(word), WordId::nth(1, 2))).into();
        table.place(&group, &mut Vec::new());
        assert_eq!(["one", "two", "three"].map(|word| table.get(key(word)).index()), [2, 66, 0]);
    }
}
