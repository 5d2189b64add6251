//! The texts of a column, whatever its layout.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, DictionaryArray};
use arrow_schema::DataType;

use crate::error::{Error, Result};

/// The texts of one chunk of a column: strings of any layout, dictionaries of strings, or nulls only.
///
/// # Errors
/// When the chunk holds something else.
pub fn texts<'a>(array: &'a dyn Array, out: &mut Vec<Option<&'a str>>) -> Result<()> {
    match array.data_type() {
        DataType::Null => out.extend(std::iter::repeat_n(None, array.len())),
        DataType::Dictionary(key, _) => match **key {
            DataType::Int8 => dictionary(array.as_dictionary::<Int8Type>(), out)?,
            DataType::Int16 => dictionary(array.as_dictionary::<Int16Type>(), out)?,
            DataType::Int32 => dictionary(array.as_dictionary::<Int32Type>(), out)?,
            DataType::Int64 => dictionary(array.as_dictionary::<Int64Type>(), out)?,
            DataType::UInt8 => dictionary(array.as_dictionary::<UInt8Type>(), out)?,
            DataType::UInt16 => dictionary(array.as_dictionary::<UInt16Type>(), out)?,
            DataType::UInt32 => dictionary(array.as_dictionary::<UInt32Type>(), out)?,
            DataType::UInt64 => dictionary(array.as_dictionary::<UInt64Type>(), out)?,
            _ => return Err(Error::column_type(&array.data_type().to_string())),
        },
        DataType::Utf8 => checked(array.as_string::<i32>().iter(), out)?,
        DataType::LargeUtf8 => checked(array.as_string::<i64>().iter(), out)?,
        DataType::Utf8View => checked(array.as_string_view().iter(), out)?,
        other => return Err(Error::column_type(&other.to_string())),
    }
    Ok(())
}

/// Takes the texts over. Buffers come from elsewhere, so that they are UTF-8 is checked and not believed.
fn checked<'a>(texts: impl Iterator<Item = Option<&'a str>>, out: &mut Vec<Option<&'a str>>) -> Result<()> {
    for text in texts {
        if text.is_some_and(|t| std::str::from_utf8(t.as_bytes()).is_err()) {
            return Err(Error::not_utf8(out.len()));
        }
        out.push(text);
    }
    Ok(())
}

fn dictionary<'a, K: ArrowDictionaryKeyType>(array: &'a DictionaryArray<K>, out: &mut Vec<Option<&'a str>>) -> Result<()> {
    let mut values = Vec::new();
    texts(array.values().as_ref(), &mut values)?;
    out.extend(array.keys_iter().map(|key| key.and_then(|k| values[k])));
    Ok(())
}
