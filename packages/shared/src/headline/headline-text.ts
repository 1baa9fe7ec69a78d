import type { Headline, HeadlineId, HeadlineParams } from './sentence.ts';

/** The languages in which the domain itself can speak. */
export type Language = 'en' | 'zh-CN';

type Sentences = { [I in HeadlineId]: (params: HeadlineParams[I]) => string };

const EN: Sentences = {
  nodesNotReady: ({ count, node, zone, inZone }) => {
    if (count === 1) return `${node} is NotReady`;
    if (zone === null || inZone < 2) return `${count} nodes are NotReady`;
    if (inZone === count) return `${count} nodes are NotReady, all of them in ${zone}`;
    return `${count} nodes are NotReady, ${inZone} of them in ${zone}`;
  },
  podsFailing: ({ count, owner, reason, others }) =>
    `${owner} is failing: ${plural(count, 'pod')} ${reason}${others > 0 ? `, ${others} more failing` : ''}`,
  stalled: ({ count, name, updated, desired }) =>
    count === 1
      ? `${name} is stalled: ${updated} of ${plural(desired, 'pod')} updated`
      : `${count} Deployments are stalled, ${name} among them`,
  rollingOut: ({ count, name, revision, updated, desired, ready }) =>
    count === 1
      ? `${name} is rolling out${revision === null ? '' : ` v${revision}`}: ${updated} of ${plural(desired, 'pod')} updated, ${ready} ready`
      : `${count} Deployments are rolling out, ${name} among them`,
  scaling: ({ count, name, desired, ready }) =>
    count === 1 ? scalingText(name, desired, ready) : `${count} Deployments are scaling, ${name} among them`,
  replacing: ({ count, name, desired, ready }) =>
    count === 1
      ? `${name} is replacing pods: ${ready} of ${plural(desired, 'pod')} ready`
      : `${count} Deployments are replacing pods, ${name} among them`,
  changing: ({ count, name }) =>
    count === 1 ? `${name} is being changed` : `${count} Deployments are being changed, ${name} among them`,
  creating: ({ count, name, desired, ready }) =>
    count === 1
      ? `${name} is being created: ${ready} of ${plural(desired, 'pod')} ready`
      : `${count} Deployments are being created, ${name} among them`,
  unavailable: ({ count, name, desired, available }) =>
    count === 1
      ? `${name} is unavailable: ${available} of ${plural(desired, 'pod')} available`
      : `${count} Deployments are unavailable, ${name} among them`,
  podsNotReady: ({ count, pod }) => (count === 1 ? `${pod} is not ready` : `${count} pods are not ready`),
  paused: ({ count, name }) => (count === 1 ? `${name} is paused` : `${count} Deployments are paused`),
  podsStarting: ({ count, pod }) => (count === 1 ? `${pod} is starting` : `${count} pods are starting`),
  podsTerminating: ({ count, pod }) => (count === 1 ? `${pod} is terminating` : `${count} pods are terminating`),
  nodesUnderPressure: ({ count, node }) =>
    count === 1 ? `${node} is under pressure` : `${count} nodes are under pressure`,
  nodesCordoned: ({ count, node }) =>
    count === 1 ? `${node} is cordoned: no new pods are scheduled to it` : `${count} nodes are cordoned`,
  healthy: ({ deployments, ready }) =>
    deployments === 1
      ? `The Deployment is complete, ${plural(ready, 'pod')} ready`
      : `All ${deployments} Deployments are complete, ${plural(ready, 'pod')} ready`,
  podsReady: ({ ready, completed }) =>
    `${plural(ready, 'pod')} ready${completed > 0 ? `, ${completed} completed` : ''}`,
  noPods: ({ namespace }) => (namespace === null ? 'No pods in any namespace' : `No pods in ${namespace}`),
};

const ZH_CN: Sentences = {
  nodesNotReady: ({ count, node, zone, inZone }) => {
    if (count === 1) return `节点 ${node} 处于 NotReady`;
    if (zone === null || inZone < 2) return `${count} 个节点处于 NotReady`;
    if (inZone === count) return `${count} 个节点处于 NotReady，全部在 ${zone}`;
    return `${count} 个节点处于 NotReady，其中 ${inZone} 个在 ${zone}`;
  },
  podsFailing: ({ count, owner, reason, others }) =>
    `${owner} 出现故障：${count} 个 Pod ${reason}${others > 0 ? `，另有 ${others} 个 Pod 故障` : ''}`,
  stalled: ({ count, name, updated, desired }) =>
    count === 1
      ? `${name} 更新停滞：${desired} 个 Pod 中已更新 ${updated} 个`
      : `${count} 个 Deployment 更新停滞，包括 ${name}`,
  rollingOut: ({ count, name, revision, updated, desired, ready }) =>
    count === 1
      ? `${name} 正在滚动更新${revision === null ? '' : `到 v${revision}`}：${desired} 个 Pod 中已更新 ${updated} 个，就绪 ${ready} 个`
      : `${count} 个 Deployment 正在滚动更新，包括 ${name}`,
  scaling: ({ count, name, desired, ready }) =>
    count === 1
      ? `${name} 正在${ready > desired ? '缩容' : '扩容'}到 ${desired}：${ready > desired ? '仍有' : '已有'} ${ready} 个 Pod 就绪`
      : `${count} 个 Deployment 正在伸缩，包括 ${name}`,
  replacing: ({ count, name, desired, ready }) =>
    count === 1
      ? `${name} 正在替换 Pod：${desired} 个 Pod 中就绪 ${ready} 个`
      : `${count} 个 Deployment 正在替换 Pod，包括 ${name}`,
  changing: ({ count, name }) => (count === 1 ? `${name} 正在变更` : `${count} 个 Deployment 正在变更，包括 ${name}`),
  creating: ({ count, name, desired, ready }) =>
    count === 1
      ? `${name} 正在创建：${desired} 个 Pod 中就绪 ${ready} 个`
      : `${count} 个 Deployment 正在创建，包括 ${name}`,
  unavailable: ({ count, name, desired, available }) =>
    count === 1
      ? `${name} 不可用：${desired} 个 Pod 中可用 ${available} 个`
      : `${count} 个 Deployment 不可用，包括 ${name}`,
  podsNotReady: ({ count, pod }) => (count === 1 ? `${pod} 未就绪` : `${count} 个 Pod 未就绪`),
  paused: ({ count, name }) => (count === 1 ? `${name} 已暂停` : `${count} 个 Deployment 已暂停`),
  podsStarting: ({ count, pod }) => (count === 1 ? `${pod} 正在启动` : `${count} 个 Pod 正在启动`),
  podsTerminating: ({ count, pod }) => (count === 1 ? `${pod} 正在终止` : `${count} 个 Pod 正在终止`),
  nodesUnderPressure: ({ count, node }) => (count === 1 ? `节点 ${node} 资源紧张` : `${count} 个节点资源紧张`),
  nodesCordoned: ({ count, node }) =>
    count === 1 ? `节点 ${node} 已停止调度：不再接收新的 Pod` : `${count} 个节点已停止调度`,
  healthy: ({ deployments, ready }) => `全部 ${deployments} 个 Deployment 均已完成，${ready} 个 Pod 就绪`,
  podsReady: ({ ready, completed }) => `${ready} 个 Pod 就绪${completed > 0 ? `，${completed} 个已完成` : ''}`,
  noPods: ({ namespace }) => (namespace === null ? '所有命名空间中都没有 Pod' : `命名空间 ${namespace} 中没有 Pod`),
};

const LANGUAGES: Record<Language, Sentences> = { en: EN, 'zh-CN': ZH_CN };

/** A headline as a sentence, without a full stop. */
export function headlineText(said: Headline, language: Language): string {
  return sentence(LANGUAGES[language], said);
}

function sentence<I extends HeadlineId>(sentences: Sentences, said: { id: I; params: HeadlineParams[I] }): string {
  return sentences[said.id](said.params);
}

function scalingText(name: string, desired: number, ready: number): string {
  if (ready > desired) return `${name} is scaling down to ${desired}: ${plural(ready, 'pod')} still ready`;
  return `${name} is scaling to ${desired}: ${ready} of ${plural(desired, 'pod')} ready`;
}

/** `1 pod`, `2 pods`. */
function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
