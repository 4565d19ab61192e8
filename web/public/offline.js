// The page without a network: a service worker that keeps the files of the page as they were last loaded.
// It never answers an address of the page from its store while the network answers, so a new version is seen at once;
// files with a hash in their name never change, so those are answered from the store first.
'use strict';

const STORE = 'sortkey-files-1';
const HASHED = /\/assets\//;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// The page says when it has nothing else to do, with parts of names of files it can do without: { without: ["monaco"] }.
self.addEventListener('message', (event) => {
  if (event.data && Array.isArray(event.data.without)) event.waitUntil(keep(new Set(event.data.without)));
});

/** Fetches what is listed and not yet kept, and drops what is no longer listed. */
async function keep(without) {
  const store = await caches.open(STORE);
  const scope = self.registration.scope;
  const answer = await fetch(new URL('files.json', scope), { cache: 'no-cache' });
  if (!answer.ok) return;
  const names = (await answer.json()).filter((name) => ![...without].some((part) => name.includes(part)));
  const wanted = new Set([scope, ...names.map((name) => new URL(name, scope).href)]);
  for (const request of await store.keys()) if (!wanted.has(request.url)) await store.delete(request);
  for (const url of wanted) {
    const known = HASHED.test(url) && (await store.match(url));
    if (!known) await store.add(new Request(url, { cache: 'no-cache' })).catch(() => undefined);
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  event.respondWith(HASHED.test(url.pathname) ? fromStore(request) : fromNetwork(request));
});

async function fromStore(request) {
  return (await caches.match(request.url)) ?? fetch(request);
}

async function fromNetwork(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request.mode === 'navigate' ? self.registration.scope : request.url);
    if (kept) return kept;
    throw error;
  }
}
