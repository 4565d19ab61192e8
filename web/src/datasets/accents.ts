/**
 * Repairs text that was written in Latin-1 and read as Mac Roman: "LÈon" becomes "Léon". Each sign is turned back into the byte
 * it stood for in Mac Roman, and the byte read as Windows-1252. Only the signs that occur in the movies file are here.
 */
const repairs = new Map<string, string>([
  ['È', 'é'],
  ['Ë', 'è'],
  ['Í', 'ê'],
  ['Î', 'ë'],
  ['‡', 'à'],
  ['·', 'á'],
  ['‰', 'ä'],
  ['Û', 'ó'],
  ['Ù', 'ô'],
  ['˘', 'ù'],
  ['Ω', '½'],
  ['Ö', '…'],
]);

/** The text with its accents put right; the same text when nothing needed repair. */
export function repairAccents(text: string): string {
  return text.replace(/[^\u0000-\u007f]/g, (sign) => repairs.get(sign) ?? sign);
}
