/** By what a cluster’s own words are known, and what they come to in Chinese. */
const REASONS: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/^the apiserver does not answer$/, 'apiserver 没有响应'],
  [/ECONNREFUSED/, 'apiserver 拒绝连接'],
  [/ECONNRESET/, '连接被重置'],
  [/ENOTFOUND|EAI_AGAIN/, '无法解析 apiserver 的域名'],
  [/certificate|TLS/, '与 apiserver 的 TLS 连接失败'],
  [/ is read in its place$/, '由 EndpointSlice 代替'],
  [/ answered 401/, '凭据被拒绝，请更新 kubeconfig 中的凭据'],
  [/ answered 403/, '此账号没有权限'],
  [/ answered 404|does not serve/, '集群不提供此资源'],
  [/ answered 410|too old/i, '历史版本已过期，正在重新列出'],
  [/ answered 429/, 'apiserver 要求稍后再试'],
  [/ answered 5\d\d/, 'apiserver 出错'],
  [/^the audit of /, '核对发现数据与 apiserver 不一致，正在重新列出'],
  [/not answered within|in time|within \d+ s/, 'apiserver 未在限定时间内响应'],
  [/connection|socket|closed/i, '与 apiserver 的连接中断'],
];

/** A cluster's problem for who reads Chinese: what it comes to, then its own words. */
export function problemInChinese(problem: string): string {
  const words = REASONS.find(([pattern]) => pattern.test(problem))?.[1];
  return words === undefined ? problem : `${words}（${problem}）`;
}
