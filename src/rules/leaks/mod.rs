//! Leaks: numbers of persons and companies, names, other banks' customers, secrets. A finding never prints the whole of
//! what it found.
