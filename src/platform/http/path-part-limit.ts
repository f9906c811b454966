/** Characters of one part of a path: a secret's uid of 1,024 bytes, every byte percent-encoded. */
export const PATH_PART_LIMIT = 3_072;
