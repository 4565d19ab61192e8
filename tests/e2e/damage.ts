/** Harms what a browser has stored of a workspace. */
import type { Page } from 'playwright-core';

/** Flips one bit in the middle of the newest record of the journal, or of all of them. */
export function damageJournal(page: Page, all = false): Promise<number> {
  return page.evaluate(
    (every) =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('sortkey');
        opening.onerror = () => reject(new Error('cannot open'));
        opening.onsuccess = () => {
          const database = opening.result;
          const store = database.transaction('journal', 'readwrite').objectStore('journal');
          let flipped = -1;
          const cursor = store.openCursor(null, 'prev');
          cursor.onsuccess = () => {
            const record = cursor.result;
            if (!record) return;
            const value = record.value as { bytes: Uint8Array };
            flipped = Math.floor(value.bytes.length / 2);
            value.bytes[flipped] = (value.bytes[flipped] ?? 0) ^ 1;
            record.update(value);
            if (every) record.continue();
          };
          store.transaction.oncomplete = () => {
            database.close();
            resolve(flipped);
          };
        };
      }),
    all,
  );
}
