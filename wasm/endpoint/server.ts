/**
 * The HTTP side: collects bodies, has them answered, and ends. Every request passes through
 * here, so the path of a usual one allocates little: listeners are shared functions that find
 * their state on the request, and answers leave together.
 */
import { createServer, type Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { rawAnswer, send, sendPreflight } from './answer';
import { BodyBudget, type BudgetLimits, SMALL_BYTES } from './bodies';
import { BODY_BYTES_MAX, type FrontDoor } from './frontDoor';
import { endIdleConnections } from './idle';
import type { Timeouts } from './options';
import { AMZ_JSON, failure, type Reply, TOO_LARGE } from './reply';
import { EndpointRequest } from './request';

/** The service refuses a request line and headers of more than 16 KiB. */
const HEADER_BYTES_MAX = 16 * 1024;

/** While stopping: how long nothing must have been answered before idle connections are ended, and how long all may take. */
const STOP_QUIET_MILLIS = 250;
const STOP_MILLIS_MAX = 5000;
const STOP_STEP_MILLIS = 50;

/** Every client retries it. */
const SLOW_DOWN: Reply = failure(
  {
    name: 'com.amazon.coral.availability#ServiceUnavailableException',
    message: 'Too many large requests are arriving at the same time; try again.',
    status: 503,
  },
  AMZ_JSON,
);
const BODY_STALLED: Reply = failure(
  {
    name: 'com.amazon.coral.service#RequestTimeoutException',
    message: 'The body stopped coming while others waited for the memory it takes.',
    status: 408,
  },
  AMZ_JSON,
);

export interface ServerOptions {
  timeouts: Timeouts;
  budget: BudgetLimits;
  /** Told of failures of our own, which are answered with 500. */
  log: (line: string) => void;
}

export class EndpointServer {
  /** The caller lets it listen. */
  readonly http: Server<typeof EndpointRequest>;
  readonly #door: FrontDoor;
  readonly #log: (line: string) => void;
  readonly #budget: BodyBudget;
  /** When the last answer was sent since it was told to stop; null while it was not. */
  #stoppingSince: number | null = null;

  constructor(door: FrontDoor, { timeouts, budget, log }: ServerOptions) {
    this.#door = door;
    this.#log = log;
    this.#budget = new BodyBudget(budget);
    const { headerMillis, requestMillis, idleMillis } = timeouts;
    const onData = (request: EndpointRequest, piece: Buffer) => this.#receive(request, piece);
    const onEnd = (request: EndpointRequest) => this.#answer(request);
    const onClose = (request: EndpointRequest) => this.#release(request);
    const listeners = {
      data(this: EndpointRequest, piece: Buffer) {
        onData(this, piece);
      },
      end(this: EndpointRequest) {
        onEnd(this);
      },
      close(this: EndpointRequest) {
        onClose(this);
      },
    };
    this.http = createServer(
      {
        IncomingMessage: EndpointRequest,
        maxHeaderSize: HEADER_BYTES_MAX,
        noDelay: true,
        headersTimeout: Math.min(headerMillis, requestMillis),
        requestTimeout: requestMillis,
        keepAliveTimeout: 0,
        connectionsCheckingInterval: Math.max(100, Math.min(headerMillis, requestMillis) / 4),
      },
      (request, response) => {
        request.response = response;
        this.#begin(request);
        request.on('data', listeners.data);
        request.on('end', listeners.end);
        if (request.claim !== null) request.on('close', listeners.close);
      },
    );
    endIdleConnections(this.http, idleMillis);
    this.http.on('clientError', onClientError);
  }

  /**
   * Takes no more connections, answers what is under way and what still arrives on idle
   * connections, and ends them; after a bounded time ends the rest as it is.
   */
  stop(): Promise<void> {
    this.#stoppingSince = Date.now();
    return new Promise((resolve) => {
      const timers = [
        // Timers come before what has arrived is read, immediates after it.
        setInterval(() => setImmediate(() => this.#endIdle()), STOP_STEP_MILLIS),
        setTimeout(() => this.http.closeAllConnections(), STOP_MILLIS_MAX),
      ];
      // The close of http itself would end idle connections at once, and with them requests
      // that were sent and not yet read.
      NetServer.prototype.close.call(this.http, () => {
        for (const timer of timers) clearTimeout(timer);
        resolve();
      });
    });
  }

  #endIdle(): void {
    if (Date.now() - this.#stoppingSince! >= STOP_QUIET_MILLIS) this.http.closeIdleConnections();
  }

  /** Looks at the headers: refuses what need not be read, and claims memory for what is large. */
  #begin(request: EndpointRequest): void {
    const refusal = this.#door.refuseHost(request);
    if (refusal !== null) {
      this.#refuse(request, refusal);
      return;
    }
    const declared = request.declaredBytes;
    if (declared > BODY_BYTES_MAX) this.#refuse(request, TOO_LARGE);
    else if (declared > SMALL_BYTES) this.#claim(request, declared);
  }

  #receive(request: EndpointRequest, piece: Buffer): void {
    if (request.isRefused) return;
    if (request.bytes + piece.length > BODY_BYTES_MAX) {
      this.#refuse(request, TOO_LARGE);
      return;
    }
    request.append(piece);
    if (request.claim !== null) {
      request.claim.movedAt = Date.now();
    } else if (request.bytes > SMALL_BYTES) {
      // In chunks: nobody has said how much will come.
      this.#claim(request, BODY_BYTES_MAX);
      request.on('close', () => this.#release(request));
    }
  }

  #answer(request: EndpointRequest): void {
    if (request.isRefused) return;
    if (request.method === 'OPTIONS' && request.headers.origin !== undefined) {
      sendPreflight(request);
      return;
    }
    try {
      const reply = this.#door.answer(request, request.body);
      if (reply instanceof Promise) void reply.then((late) => this.#send(request, late)).catch(this.#failed(request));
      else this.#send(request, reply);
    } catch (error) {
      this.#failed(request)(error);
    }
  }

  #send(request: EndpointRequest, reply: Reply): void {
    if (request.claim !== null) this.#release(request);
    const closes = this.#stoppingSince !== null;
    if (closes) this.#stoppingSince = Date.now();
    send(request, reply, closes);
  }

  #failed(request: EndpointRequest): (error: unknown) => void {
    return (error) => {
      this.#log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      this.#release(request);
      const { response } = request;
      if (!response.headersSent) response.writeHead(500, ['Content-Length', '0']);
      response.end();
    };
  }

  /**
   * Answers before the body has come. What still comes is read and dropped, so that the client
   * gets to read the answer.
   */
  #refuse(request: EndpointRequest, reply: Reply, closes = this.#stoppingSince !== null): void {
    request.refuse();
    this.#release(request);
    send(request, reply, closes);
  }

  /** Goes on reading the body when there is memory for it. */
  #claim(request: EndpointRequest, bytes: number): void {
    const { claim, granted } = this.#budget.claim(bytes, {
      granted: () => request.resume(),
      refused: () => {
        this.#refuse(request, SLOW_DOWN, true);
        request.resume();
      },
      revoked: () => this.#refuse(request, BODY_STALLED, true),
    });
    request.claim = claim;
    if (!granted) request.pause();
  }

  #release(request: EndpointRequest): void {
    if (request.claim === null) return;
    const { claim } = request;
    request.claim = null;
    this.#budget.release(claim);
  }
}

/** Answers what is not HTTP, headers beyond the limit, and what does not come in time. */
function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(rawAnswer(error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400));
}
