//! Vocabularies and lists as one: a word of a text is looked up once, and its number leads to what each of them knows of it.

use std::cmp::Reverse;

use fearless_simd::{Simd, dispatch};

use super::{Form, Kind, Numbers, Vocabulary, VocabularyBuilder, WordId};
use crate::segment::{BLOCK, Block, vectors};

/// Vocabularies and lists that are looked up together.
#[derive(Debug)]
pub struct Joined {
    pub(super) all: Vocabulary,
    /// The token of a vocabulary; by the number of a word in all of them, its number in that one.
    vocabularies: Vec<(u64, Box<[WordId]>)>,
    /// By the number of a word, for the first searches and the second ones, bits for each vocabulary: whether its search may begin at it.
    flags: Box<[[u8; 2]]>,
    /// The token of a list; by the number of a word, the place of what the list tells.
    lists: Vec<(u64, Box<[u16]>)>,
}

/// What leads from the numbers of all to those of one vocabulary.
#[derive(Debug, Clone, Copy)]
pub struct Part<'n> {
    /// By the number of a word in all, its number in this one.
    pub numbers: &'n [WordId],
    /// The words at which its searches may begin.
    pub keys: &'n Keys,
}

/// The words of a document at which the first searches of a vocabulary may begin, and its second ones: a bit for each word.
pub type Keys = [Vec<u64>; 2];

/// A vocabulary, and whether its two searches may begin at a word: for what it was made for, and for what that asks for beside it.
pub type Sought<'v> = (&'v Vocabulary, &'v dyn Fn(WordId) -> [bool; 2]);

impl Joined {
    /// The words and beginnings of words of all these; eight vocabularies at most. The numbers of words that are `frequent` are near each other.
    pub fn new(vocabularies: &[Sought<'_>], lists: &[&Numbers], frequency: impl Fn(&str) -> u32) -> Self {
        let mut builder = VocabularyBuilder::default();
        let of_vocabularies = vocabularies.iter().flat_map(|v| &v.0.forms).map(|form| (&*form.letters, form.kind));
        let forms = of_vocabularies.chain(lists.iter().flat_map(|l| l.forms()).map(|form| (form, Kind::Word)));
        let mut forms: Vec<_> = forms.map(|(form, kind)| (Reverse(frequency(form)), form, kind)).collect();
        forms.sort_unstable();
        for (_, form, kind) in forms {
            match kind {
                Kind::Word => builder.word(form),
                Kind::Beginning => builder.beginning(form),
            };
        }
        let all = builder.build();
        let parts: Vec<_> = vocabularies.iter().map(|v| (v.0.token, numbers_in(v.0, &all))).collect();
        let bits = parts.iter().zip(vocabularies).zip(0..);
        let flag = |i: usize| {
            let asked = bits.clone().map(|((part, sought), bit)| sought.1(part.1[i]).map(|may_begin| u8::from(may_begin) << bit));
            asked.fold([0, 0], |all, one| [all[0] | one[0], all[1] | one[1]])
        };
        Self {
            flags: (0..all.size()).map(flag).collect(),
            vocabularies: parts,
            lists: lists.iter().map(|l| (l.token(), places_in(l, &all))).collect(),
            all,
        }
    }

    /// For each vocabulary the words at which its searches may begin, of words with these numbers; into buffers that are cleared first.
    pub(super) fn keys_of(&self, ids: &[WordId], keys: &mut Vec<Keys>) {
        keys.resize_with(self.vocabularies.len(), Keys::default);
        keys.iter_mut().flatten().for_each(Vec::clear);
        dispatch!(vectors(), simd => self.keys_into(simd, ids, keys));
    }

    #[allow(clippy::inline_always)] // only inlined code is compiled for the vectors of the machine
    #[inline(always)]
    fn keys_into<S: Simd>(&self, simd: S, ids: &[WordId], keys: &mut [Keys]) {
        for ids in ids.chunks(BLOCK) {
            let mut flags = [[0; BLOCK]; 2];
            for (at, id) in ids.iter().enumerate() {
                let [first, second] = self.flags[id.index()];
                (flags[0][at], flags[1][at]) = (first, second);
            }
            let flags = flags.map(
                #[inline(always)]
                |flags| Block::new(simd, &flags),
            );
            for (bit, keys) in keys.iter_mut().enumerate() {
                keys[0].push(flags[0].having(1 << bit));
                keys[1].push(flags[1].having(1 << bit));
            }
        }
    }

    /// What leads to the numbers of one of the vocabularies, in a document with these keys.
    pub fn vocabulary<'n>(&'n self, vocabulary: &Vocabulary, keys: &'n [Keys]) -> Option<Part<'n>> {
        let i = self.vocabularies.iter().position(|(token, _)| *token == vocabulary.token)?;
        Some(Part { numbers: &self.vocabularies[i].1, keys: keys.get(i)? })
    }

    /// What leads to what one of the lists tells.
    pub fn list(&self, list: &Numbers) -> Option<&[u16]> {
        self.lists.iter().find(|(token, _)| *token == list.token()).map(|(_, places)| &**places)
    }
}

/// By the number of a word in `all`, its number in `part`. What begins like a word of `all` begins like the same words of `part`: a beginning
/// that is in `part` is in `all`, so that the longest there is no shorter.
fn numbers_in(part: &Vocabulary, all: &Vocabulary) -> Box<[WordId]> {
    let mut buffer = String::new();
    let mut out = vec![WordId::UNKNOWN; all.size()];
    out[WordId::SEVERAL.index()] = WordId::SEVERAL;
    for Form { letters, id, kind, .. } in &all.forms {
        out[id.index()] = match kind {
            Kind::Word => part.id(letters, 0, letters.len() as u32, &mut buffer),
            Kind::Beginning => part.longest_beginning(letters),
        };
    }
    out.into()
}

/// By the number of a word in `all`, the place of what `list` tells of it.
fn places_in(list: &Numbers, all: &Vocabulary) -> Box<[u16]> {
    let mut out = vec![0; all.size()];
    for Form { letters, id, kind, .. } in &all.forms {
        if *kind == Kind::Word {
            out[id.index()] = list.of(letters);
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::{Case, fold};
    use crate::segment::{Word, words};
    use crate::vocabulary::{LookedUp, Recent, WordList};
    use proptest::prelude::*;

    /// Obviously right: the word itself, or the longest beginning.
    fn naive(vocabulary: &Vocabulary, word: &str) -> WordId {
        let of = |kind| vocabulary.forms.iter().filter(move |f| f.kind == kind);
        let whole = of(Kind::Word).find(|f| *f.letters == *word);
        let longest = of(Kind::Beginning).filter(|f| word.starts_with(&*f.letters)).max_by_key(|f| f.letters.len());
        whole.or(longest).map_or(WordId::UNKNOWN, |f| f.id)
    }

    const FORM: &str =
        "[ab]{1,6}|[ab]{0,2}é[ab]{0,2}|a{0,2}[a-c]{7,9}|ab{14,18}|aaaaaaaabbbbbbb[ab]{0,4}|é[ab]{15,17}|[a-z_7]{1,4}";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_joined_number_leads_to_what_each_knows_of_the_word(
            one in prop::collection::vec((FORM, any::<bool>()), 0..12),
            two in prop::collection::vec((FORM, any::<bool>()), 0..12),
            listed in prop::collection::hash_map(FORM, 1_u8..9, 0..8),
            text in prop::collection::vec(prop_oneof![3 => FORM, 1 => "[A-B]{1,5}|É|a's|ab’s"], 0..12),
        ) {
            let (one, two) = (Vocabulary::of(&one), Vocabulary::of(&two));
            let list = WordList::new(listed.iter().map(|(form, told)| (form.as_str().into(), *told)));
            let key = |id: WordId| [id == WordId::SEVERAL || id.index() % 2 == 1, id.index() % 3 == 1];
            let joined = Joined::new(&[(&one, &key), (&two, &key)], &[list.numbers()], |form| form.len() as u32 % 3);
            let text = text.join(" ");
            let words = words(&text);
            let (mut form, mut alone) = (String::new(), Vec::new());
            let tell = |_: &str, word: Word, id: WordId| (word.start == 0, id);
            let mut looked_up = LookedUp::default();
            joined.look_up(&text, &words, tell, &mut Recent::default(), &mut form, &mut looked_up);
            let LookedUp { ids, keys, .. } = looked_up;
            for vocabulary in [&one, &two] {
                vocabulary.number_into(&text, &words, &mut form, &mut alone);
                let part = joined.vocabulary(vocabulary, &keys).unwrap();
                for (at, ((word, own), id)) in words.iter().zip(&alone).zip(&ids).enumerate() {
                    let folded = fold(word.span().of(&text), Case::Folded);
                    let number = part.numbers[id.index()];
                    prop_assert_eq!(part.keys.each_ref().map(|set| set[at / 64] >> (at % 64) & 1 == 1), key(number));
                    if word.stem == word.end {
                        prop_assert_eq!(*own, naive(vocabulary, &folded), "{}", folded);
                        prop_assert_eq!(number, *own, "{}", folded);
                    } else {
                        // Where only the other knows the word, it is read once more.
                        prop_assert!(number == *own || number == WordId::SEVERAL);
                    }
                }
            }
            let places = joined.list(list.numbers()).unwrap();
            for (word, id) in words.iter().zip(&ids).filter(|(_, id)| **id != WordId::SEVERAL) {
                let folded = fold(word.span().of(&text), Case::Folded);
                prop_assert_eq!(list.at(places[id.index()]), listed.get(&folded).copied().unwrap_or_default(), "{}", folded);
            }
        }
    }
}
