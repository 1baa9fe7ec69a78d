import { type Size, sizedCluster } from '../fed/sized-cluster.ts';
import { answering } from './answering.ts';
import { Feed } from './feed.ts';

/** What an apiserver in a process of its own is asked. */
export type ApiserverQuestion = 'kubeconfig' | 'url' | 'prepare' | 'hold' | 'release' | 'digest' | { flow: number };

// The pods of a large cluster cost whoever makes them: never the process that is measured.
const feed = new Feed(sizedCluster(JSON.parse(process.argv[2] ?? '{}') as Size));
const kubeconfig = await feed.start();

answering((what) => {
  const question = what as ApiserverQuestion;
  switch (question) {
    case 'kubeconfig':
      return kubeconfig;
    case 'url':
      return feed.url;
    case 'prepare':
      return feed.prepare();
    case 'hold':
      return feed.hold();
    case 'release':
      return feed.release();
    case 'digest':
      return feed.digest();
    default:
      return feed.flow(question.flow);
  }
});
