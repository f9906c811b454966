/** Why something was not understood, and what was missing or wrong: `missing_field: request`. */
export function reasonText({ reason, field }: { readonly reason?: string; readonly field?: string }): string {
  return [reason, field].filter((part) => part !== undefined).join(': ');
}
