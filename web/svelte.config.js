/** Svelte compiler settings: runes everywhere in our own files, nothing to preprocess. */
export default {
  compilerOptions: {
    runes: undefined,
  },
};
