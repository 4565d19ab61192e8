// Loaded with `mocha --require`: lets an unchanged checkout of architect/dynalite test the endpoint at ENDPOINT
// (host:port) instead of the server it would start.
//
// The suite's tests send many requests at once and assert in their callbacks, so that one failed assertion would be
// followed by others while the next tests run, and those would be blamed. An answer therefore reaches its own test only.
import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';
import Module, { createRequire } from 'node:module';
import path from 'node:path';

const [host, port] = (process.env.ENDPOINT ?? '127.0.0.1:8000').split(':');
const tests = path.join(process.cwd(), 'test');
const ports = new Set(); // those the suite believes its server listens on
const running = new AsyncLocalStorage(); // the test or hook that sends a request

function forTest(test, emitter) {
  const { on } = emitter;
  emitter.on = (event, listener) =>
    on.call(emitter, event, (...values) => {
      if (test?.state === 'failed') return undefined;
      return running.run(test, () => {
        try {
          return listener(...values);
        } catch (error) {
          if (test?.state !== 'passed') throw error;
          return undefined;
        }
      });
    });
  emitter.addListener = emitter.on;
  return emitter;
}

const { request } = http;
http.request = function (options, answered) {
  if (!ports.has(Number(options?.port))) return request.apply(this, arguments);
  const test = running.getStore();
  const sent = request.call(this, { ...options, host, port }, (response) => {
    if (test?.state === 'failed') return response.resume();
    return running.run(test, () => answered(forTest(test, response)));
  });
  return forTest(test, sent);
};

/** What the suite takes for its server. */
function server(options) {
  return {
    listen(listenPort, listening) {
      if (!options?.ssl) ports.add(Number(listenPort));
      setImmediate(listening, options?.ssl ? new Error('the endpoint speaks HTTP only') : undefined);
    },
    close(closed) {
      if (closed) setImmediate(closed);
    },
  };
}

const load = Module._load;
Module._load = function (name, parent) {
  if (parent?.filename && path.dirname(parent.filename) === tests) {
    if (name === '..') return server;
    if (name === '../db') return {}; // used by skipped tests only
    if (name === 'aws4') {
      // For a host that is not AWS's the suite would sign for a service without a name.
      const aws4 = load.apply(this, arguments);
      return { ...aws4, sign: (signed, ...rest) => aws4.sign(Object.assign(signed, { service: 'dynamodb' }), ...rest) };
    }
  }
  return load.apply(this, arguments);
};

const Runnable = createRequire(path.join(tests, 'any.js'))('mocha/lib/runnable');
const { run } = Runnable.prototype;
Runnable.prototype.run = function (done) {
  return running.run(this, () => run.call(this, done));
};
