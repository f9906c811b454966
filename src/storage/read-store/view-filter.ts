/** A comparable value of a document's field. Times are sort keys (see domain/timestamp.ts). */
export type FieldValue = string | number | boolean;

/**
 * What documents a query is about. A list-valued field matches when one of its values does; `not` matches documents
 * without the field too. `like` knows `*` and `?` only; `contains` ignores case.
 */
export type ViewFilter =
  | { readonly all: readonly ViewFilter[] }
  | { readonly any: readonly ViewFilter[] }
  | { readonly not: ViewFilter }
  | { readonly field: string; readonly is: FieldValue }
  | { readonly field: string; readonly in: readonly FieldValue[] }
  | { readonly field: string; readonly prefix: string }
  | { readonly field: string; readonly like: string }
  | { readonly field: string; readonly contains: string }
  | { readonly field: string; readonly exists: true }
  /** `from` inclusive, `before` exclusive. */
  | { readonly field: string; readonly from?: FieldValue; readonly before?: FieldValue }
  /**
   * An address block such as `10.0.0.0/8` or `2001:db8::/32`, on a field of type `ip`. It holds addresses of its own family:
   * `::/0` is all of IPv6, and no IPv4. What lies in `::ffff:0:0/96` is IPv4 in its other spelling, the block itself too.
   */
  | { readonly field: string; readonly cidr: string };
