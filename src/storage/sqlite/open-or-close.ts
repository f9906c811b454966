/** Opens a writer, and ends its thread again where it can't be opened. */
export async function openOrClose(writer: { open(): Promise<void>; close(): Promise<void> }): Promise<void> {
  try {
    await writer.open();
  } catch (error) {
    await writer.close();
    throw error;
  }
}
