/** Hands bytes to the browser's download. */
export function saveAs(bytes: Uint8Array, name: string, type = 'application/octet-stream'): void {
  const url = URL.createObjectURL(new Blob([bytes as BlobPart], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[^\w.-]+/g, '-');
  link.click();
  // The download has its own hold on the data once it has started.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
