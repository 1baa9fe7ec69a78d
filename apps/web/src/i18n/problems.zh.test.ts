import { expect, it } from 'vitest';
import { problemInChinese } from './problems.zh.ts';

it.each([
  ['the apiserver does not answer', 'apiserver 没有响应（the apiserver does not answer）'],
  [
    'GET https://10.0.0.1/api/v1/pods answered 401: Unauthorized',
    '凭据被拒绝，请更新 kubeconfig 中的凭据（GET https://10.0.0.1/api/v1/pods answered 401: Unauthorized）',
  ],
  [
    'https://10.0.0.1: nobody listens there (connect ECONNREFUSED 10.0.0.1:443)',
    'apiserver 拒绝连接（https://10.0.0.1: nobody listens there (connect ECONNREFUSED 10.0.0.1:443)）',
  ],
  ['something else', 'something else'],
])('[V71] what a cluster says is explained in Chinese, and stands beside it: %s', (problem, words) => {
  expect(problemInChinese(problem)).toBe(words);
});
