//! Columns as pieces of bytes and back, so that a worker can hand over what it has read to one that shares no memory
//! with it.
//!
//! Both are of one build, so that pieces follow each other without names; what is missing or too short gives nothing.

/// Takes pieces one after the other.
pub(super) struct Packer<'a> {
    give: &'a mut dyn FnMut(&[u8]),
    bytes: Vec<u8>,
}

/// Gives the pieces back in their order.
pub(super) struct Unpacker<'a> {
    next: &'a mut dyn FnMut() -> Option<Vec<u8>>,
}

/// A number of fixed length.
pub(super) trait Number: Copy {
    fn put(self, bytes: &mut Vec<u8>);
    /// The numbers of a piece.
    fn all(bytes: &[u8]) -> Vec<Self>;
}

macro_rules! number {
    ($($kind:ty)*) => {$(
        impl Number for $kind {
            #[inline]
            fn put(self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }

            fn all(bytes: &[u8]) -> Vec<Self> {
                let (numbers, _) = bytes.as_chunks::<{ size_of::<$kind>() }>();
                numbers.iter().map(|bytes| Self::from_le_bytes(*bytes)).collect()
            }
        }
    )*};
}

number!(u8 u16 u32 u64 u128 i32 i64);

impl<'a> Packer<'a> {
    pub(super) fn new(give: &'a mut dyn FnMut(&[u8])) -> Self {
        Self {
            give,
            bytes: Vec::new(),
        }
    }

    /// A piece as it is.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        (self.give)(bytes);
    }

    /// A piece of numbers.
    pub(super) fn numbers<T: Number>(&mut self, numbers: &[T]) {
        self.bytes.clear();
        for number in numbers {
            number.put(&mut self.bytes);
        }
        (self.give)(&self.bytes);
    }
}

impl<'a> Unpacker<'a> {
    pub(super) fn new(next: &'a mut dyn FnMut() -> Option<Vec<u8>>) -> Self {
        Self { next }
    }

    pub(super) fn bytes(&mut self) -> Option<Vec<u8>> {
        (self.next)()
    }

    pub(super) fn numbers<T: Number>(&mut self) -> Option<Vec<T>> {
        Some(T::all(&self.bytes()?))
    }

    /// So many numbers.
    pub(super) fn fixed<T: Number, const N: usize>(&mut self) -> Option<[T; N]> {
        self.numbers()?.try_into().ok()
    }
}
