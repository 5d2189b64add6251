//! Vocabularies and lists as one: a word of a text is looked up once, and its number leads to what each of them knows of it.

use super::{Kind, Numbers, Vocabulary, VocabularyBuilder, WordId};
use crate::segment::Word;

/// Vocabularies and lists that are looked up together.
#[derive(Debug)]
pub struct Joined {
    all: Vocabulary,
    /// The token of a vocabulary; by the number of a word in all of them, its number in that one.
    vocabularies: Vec<(u64, Box<[WordId]>)>,
    /// The token of a list; by the number of a word, the place of what the list tells.
    lists: Vec<(u64, Box<[u16]>)>,
}

impl Joined {
    /// The words and beginnings of words of all these.
    pub fn new(vocabularies: &[&Vocabulary], lists: &[&Numbers]) -> Self {
        let mut builder = VocabularyBuilder::default();
        for (form, _, kind) in vocabularies.iter().flat_map(|v| &v.forms) {
            match kind {
                Kind::Word => builder.word(form),
                Kind::Beginning => builder.beginning(form),
            };
        }
        for form in lists.iter().flat_map(|l| l.forms()) {
            builder.word(form);
        }
        let all = builder.build();
        Self {
            vocabularies: vocabularies.iter().map(|v| (v.token, numbers_in(v, &all))).collect(),
            lists: lists.iter().map(|l| (l.token(), places_in(l, &all))).collect(),
            all,
        }
    }

    /// The numbers of the words of a text, into a buffer that is cleared first.
    pub fn number_into(&self, text: &str, words: &[Word], form: &mut String, out: &mut Vec<WordId>) {
        self.all.number_into(text, words, form, out);
    }

    /// What leads to the numbers of one of the vocabularies.
    pub fn vocabulary(&self, vocabulary: &Vocabulary) -> Option<&[WordId]> {
        self.vocabularies.iter().find(|(token, _)| *token == vocabulary.token).map(|(_, numbers)| &**numbers)
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
    let mut out = vec![WordId::UNKNOWN; all.size().max(WordId::SEVERAL.index() + 1)];
    out[WordId::SEVERAL.index()] = WordId::SEVERAL;
    for (form, id, kind) in &all.forms {
        out[id.index()] = match kind {
            Kind::Word => part.id(form, 0, form.len() as u32, &mut buffer),
            Kind::Beginning => part.longest_beginning(form),
        };
    }
    out.into()
}

/// By the number of a word in `all`, the place of what `list` tells of it.
fn places_in(list: &Numbers, all: &Vocabulary) -> Box<[u16]> {
    let mut out = vec![0; all.size().max(WordId::SEVERAL.index() + 1)];
    for (form, id, kind) in &all.forms {
        if *kind == Kind::Word {
            out[id.index()] = list.of(form);
        }
    }
    out.into()
}
