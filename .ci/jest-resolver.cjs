// TypeScript sources may import './x.js' and mean './x.ts', as bundlers allow.
const relativeJs = /^\.{1,2}\/.*\.js$/;

module.exports = (request, options) => {
  try {
    return options.defaultResolver(request, options);
  } catch (error) {
    if (!relativeJs.test(request)) throw error;
    return options.defaultResolver(request.replace(/\.js$/, '.ts'), options);
  }
};
