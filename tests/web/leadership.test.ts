/** One writer per workspace: the second tab waits, may take over, and the first is told. */
import { WebLocksLeadership, type LeadershipEvents } from '../../web/src/persistence';
import { FakeChannels, FakeLocks, settle } from './support/tabs';

function browser() {
  const locks = new FakeLocks();
  const channels = new FakeChannels();
  const tab = (workspace = 'main', flush: () => Promise<void> = async () => undefined) => {
    const log: string[] = [];
    const leadership = new WebLocksLeadership(workspace, {
      locks,
      openChannel: (name) => channels.channel(name),
      patienceMillis: 20,
    });
    const events: LeadershipEvents = {
      granted: () => log.push('granted'),
      lost: (how) => log.push(`lost ${how}`),
      changed: () => log.push('changed'),
      handOver: async () => {
        log.push('hand over');
        await flush();
      },
    };
    return { leadership, log, start: () => leadership.start(events) };
  };
  return { tab };
}

test('the first tab owns, the second waits and inherits when the first is closed', async () => {
  const { tab } = browser();
  const [first, second] = [tab(), tab()];
  expect([await first.start(), await second.start()]).toEqual([true, false]);
  first.leadership.stop();
  await settle();
  expect([first.log, second.log]).toEqual([[], ['granted']]);
});

test('workspaces do not share owners', async () => {
  const { tab } = browser();
  expect([await tab('a').start(), await tab('b').start()]).toEqual([true, true]);
});

test('take over in order: the owner flushes first, is told, and then waits in line itself', async () => {
  const { tab } = browser();
  const done: string[] = [];
  const first = tab('main', async () => {
    await settle();
    done.push('flushed');
  });
  const second = tab();
  await first.start();
  await second.start();
  await second.leadership.takeOver();
  done.push('taken');
  await settle();
  expect([done, first.log, second.log]).toEqual([['flushed', 'taken'], ['hand over', 'lost asked'], []]);
  second.leadership.stop();
  await settle();
  expect(first.log).toEqual(['hand over', 'lost asked', 'granted']);
});

test('an owner that does not answer is robbed, and told', async () => {
  const { tab } = browser();
  const first = tab('main', () => new Promise(() => undefined));
  const second = tab();
  await first.start();
  await second.start();
  await second.leadership.takeOver();
  await settle();
  expect([first.log, second.log]).toEqual([['hand over', 'lost stolen'], []]);
});

test('the owner’s news reach the others only', async () => {
  const { tab } = browser();
  const [first, second, third] = [tab(), tab(), tab()];
  await first.start();
  await second.start();
  await third.start();
  first.leadership.announce();
  await settle();
  expect([first.log, second.log, third.log]).toEqual([[], ['changed'], ['changed']]);
});

test('taking over twice, or as the owner, changes nothing', async () => {
  const { tab } = browser();
  const first = tab();
  await first.start();
  await first.leadership.takeOver();
  await settle();
  expect(first.log).toEqual([]);
});

test('a tab that left the line is not granted anything', async () => {
  const { tab } = browser();
  const [first, second] = [tab(), tab()];
  await first.start();
  await second.start();
  second.leadership.stop();
  first.leadership.stop();
  await settle();
  expect(second.log).toEqual([]);
});

test.each<[string, () => Promise<unknown>]>([
  ['reject', () => Promise.reject(new DOMException('denied', 'SecurityError'))],
  [
    'throw',
    () => {
      throw new DOMException('denied', 'SecurityError');
    },
  ],
])('locks that are forbidden (they %s): each tab is its own owner, at once and for good', async (_, request) => {
  const log: string[] = [];
  const note = (word: string) => () => void log.push(word);
  const leadership = new WebLocksLeadership('main', {
    locks: { request },
    openChannel: () => {
      throw new DOMException('denied', 'SecurityError');
    },
    patienceMillis: 1,
  });
  const handOver = async (): Promise<void> => void log.push('hand over');
  expect(
    await leadership.start({ granted: note('granted'), lost: note('lost'), changed: note('changed'), handOver }),
  ).toBe(true);
  await leadership.takeOver();
  leadership.announce();
  leadership.stop();
  await settle();
  expect(log).toEqual([]);
});
