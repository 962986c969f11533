import { workerFrames, type CorpusKind } from './corpus-kind.ts'

const openaiFrames = [
  'APIError.generate ({root}/node_modules/openai/core/error.mjs:*)',
  'OpenAI.makeRequest ({root}/node_modules/openai/client.mjs:*)',
  'process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
  'async CaptionWriter.complete ({root}/src/ai/caption-writer.ts:*)',
  ...workerFrames,
]

export const aiKinds: readonly CorpusKind[] = [
  {
    kind: 'openai-tokens-per-minute',
    note: 'Tokens per minute ask for shorter prompts, requests per minute for fewer: apart.',
    name: 'RateLimitError',
    frames: openaiFrames,
    messages: [
      '429 Rate limit reached for gpt-4o in organization org-Ab12Cd34Ef56 on tokens per min (TPM): Limit 30000, Used 28123, Requested 2931. Please try again in 2.108s. Visit https://platform.openai.com/account/rate-limits to learn more.',
      '429 Rate limit reached for gpt-4o-mini in organization org-Ab12Cd34Ef56 on tokens per min (TPM): Limit 200000, Used 199871, Requested 1500. Please try again in 411ms. Visit https://platform.openai.com/account/rate-limits to learn more.',
      '429 Rate limit reached for gpt-4.1 in organization org-zZ9yY8xX7 on tokens per min (TPM): Limit 30,000, Used 30,000, Requested 812. Please try again in 1m2.4s. Visit https://platform.openai.com/account/rate-limits to learn more.',
      '429 Rate limit reached for o3-mini in organization org-000111222 on tokens per min (TPM): Limit 10000, Used 9000, Requested 4000. Please try again in 18s. Visit https://platform.openai.com/account/rate-limits to learn more.',
      '429 Rate limit reached for gpt-4o in organization org-qwErTy1 on tokens per min (TPM): Limit 450000, Used 449999, Requested 7. Please try again in 1ms. Visit https://platform.openai.com/account/rate-limits to learn more.',
      '429 Rate limit reached for gpt-4-turbo in organization org-Ab12Cd34Ef56 on tokens per min (TPM): Limit 30000, Used 100, Requested 29999. Please try again in 6m0s. Visit https://platform.openai.com/account/rate-limits to learn more.',
    ],
  },
  {
    kind: 'openai-requests-per-minute',
    name: 'RateLimitError',
    frames: openaiFrames,
    messages: [
      '429 Rate limit reached for gpt-4o in organization org-Ab12Cd34Ef56 on requests per min (RPM): Limit 500, Used 500, Requested 1. Please try again in 120ms. Visit https://platform.openai.com/account/rate-limits to learn more.',
      '429 Rate limit reached for gpt-4o-mini in organization org-zZ9yY8xX7 on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s. Visit https://platform.openai.com/account/rate-limits to learn more.',
      '429 Rate limit reached for dall-e-3 in organization org-Ab12Cd34Ef56 on requests per min (RPM): Limit 7, Used 7, Requested 1. Please try again in 8.571s. Visit https://platform.openai.com/account/rate-limits to learn more.',
      '429 Rate limit reached for o1 in organization org-77 on requests per min (RPM): Limit 500, Used 498, Requested 5. Please try again in 360ms. Visit https://platform.openai.com/account/rate-limits to learn more.',
      '429 Rate limit reached for gpt-4.1-nano in organization org-k1 on requests per min (RPM): Limit 10000, Used 10000, Requested 1. Please try again in 6ms. Visit https://platform.openai.com/account/rate-limits to learn more.',
      '429 Rate limit reached for gpt-4o in organization org-l2M3 on requests per min (RPM): Limit 500, Used 500, Requested 1. Please try again in 1m0s. Visit https://platform.openai.com/account/rate-limits to learn more.',
    ],
  },
  {
    kind: 'openai-quota',
    note: 'Also a 429, but waiting does not help: somebody must pay.',
    name: 'RateLimitError',
    frames: openaiFrames,
    messages: Array.from(
      { length: 6 },
      () =>
        '429 You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
    ),
  },
  {
    kind: 'openai-bad-key',
    name: 'AuthenticationError',
    frames: openaiFrames,
    messages: [
      '401 Incorrect API key provided: sk-proj-********************Ab1x. You can find your API key at https://platform.openai.com/account/api-keys.',
      '401 Incorrect API key provided: sk-Q2mVx***************************9zT0. You can find your API key at https://platform.openai.com/account/api-keys.',
      '401 Incorrect API key provided: sk-test. You can find your API key at https://platform.openai.com/account/api-keys.',
      '401 Incorrect API key provided: undefined. You can find your API key at https://platform.openai.com/account/api-keys.',
      '401 Incorrect API key provided: sk-svcac***********77Qa. You can find your API key at https://platform.openai.com/account/api-keys.',
      '401 Incorrect API key provided: sk-proj-*****1. You can find your API key at https://platform.openai.com/account/api-keys.',
    ],
  },
  {
    kind: 'openai-context-length',
    name: 'BadRequestError',
    frames: openaiFrames,
    messages: [
      "400 This model's maximum context length is 128000 tokens. However, your messages resulted in 131072 tokens. Please reduce the length of the messages.",
      "400 This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens. Please reduce the length of the messages.",
      "400 This model's maximum context length is 16385 tokens. However, your messages resulted in 16,400 tokens. Please reduce the length of the messages.",
      "400 This model's maximum context length is 200000 tokens. However, your messages resulted in 1204112 tokens. Please reduce the length of the messages.",
      "400 This model's maximum context length is 4096 tokens. However, your messages resulted in 4097 tokens. Please reduce the length of the messages.",
      "400 This model's maximum context length is 128,000 tokens. However, your messages resulted in 128,001 tokens. Please reduce the length of the messages.",
    ],
  },
  {
    kind: 'openai-content-filter',
    name: 'BadRequestError',
    frames: openaiFrames,
    messages: Array.from(
      { length: 6 },
      () =>
        '400 Your request was rejected as a result of our safety system. Your prompt may contain text that is not allowed by our safety system.',
    ),
  },
  {
    kind: 'anthropic-overloaded',
    name: 'APIError',
    messages: [
      '529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_011CSHoEeqs5C35K2UUqR7Fy"}',
      '529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_011CTabc9fXyZ"}',
      '529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_011CVqqq1"}',
      '529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_vrtx_011A"}',
      '529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_011CXmno"}',
      '529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_9"}',
    ],
  },
  {
    kind: 'anthropic-rate-limit',
    name: 'RateLimitError',
    messages: [
      '429 {"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization\'s rate limit of 40,000 input tokens per minute (org: 3f1c2a33-9d7e-4a01-8c55-2f6f0f3c1b90)."},"request_id":"req_011CS1"}',
      '429 {"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization\'s rate limit of 8,000 input tokens per minute (org: 00000000-9d7e-4a01-8c55-2f6f0f3c1b90)."},"request_id":"req_011CS2a"}',
      '429 {"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization\'s rate limit of 400,000 input tokens per minute (org: b90c1f3c-9d7e-4a01-8c55-2f6f0f3c1b90)."},"request_id":"req_011CSbb"}',
      '429 {"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization\'s rate limit of 50 input tokens per minute (org: 12345678-9d7e-4a01-8c55-2f6f0f3c1b90)."},"request_id":"req_0"}',
      '429 {"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization\'s rate limit of 1,000,000 input tokens per minute (org: 3f1c2a33-9d7e-4a01-8c55-2f6f0f3c1b90)."},"request_id":"req_xyz"}',
      '429 {"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization\'s rate limit of 20,000 input tokens per minute (org: feedbeef-9d7e-4a01-8c55-2f6f0f3c1b90)."},"request_id":"req_a1"}',
    ],
  },
  {
    kind: 'gemini-exhausted',
    name: 'Error',
    messages: [
      '[GoogleGenerativeAI Error]: Error fetching from https://generativelanguage.googleapis.com/v1beta/models/gemini-1.5-pro:generateContent: [429 Too Many Requests] Resource has been exhausted (e.g. check quota).',
      '[GoogleGenerativeAI Error]: Error fetching from https://generativelanguage.googleapis.com/v1beta/models/gemini-2.0-flash:generateContent: [429 Too Many Requests] Resource has been exhausted (e.g. check quota).',
      '[GoogleGenerativeAI Error]: Error fetching from https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash-lite:generateContent: [429 Too Many Requests] Resource has been exhausted (e.g. check quota).',
      '[GoogleGenerativeAI Error]: Error fetching from https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:generateContent: [429 Too Many Requests] Resource has been exhausted (e.g. check quota).',
      '[GoogleGenerativeAI Error]: Error fetching from https://generativelanguage.googleapis.com/v1beta/models/gemini-1.5-flash-8b:generateContent: [429 Too Many Requests] Resource has been exhausted (e.g. check quota).',
      '[GoogleGenerativeAI Error]: Error fetching from https://generativelanguage.googleapis.com/v1beta/models/gemini-3-pro:generateContent: [429 Too Many Requests] Resource has been exhausted (e.g. check quota).',
    ],
  },
  {
    kind: 'gemini-unavailable',
    name: 'Error',
    messages: [
      '[GoogleGenerativeAI Error]: Error fetching from https://generativelanguage.googleapis.com/v1beta/models/gemini-1.5-pro:generateContent: [503 Service Unavailable] The model is overloaded. Please try again later.',
      '[GoogleGenerativeAI Error]: Error fetching from https://generativelanguage.googleapis.com/v1beta/models/gemini-2.0-flash:generateContent: [503 Service Unavailable] The model is overloaded. Please try again later.',
      '[GoogleGenerativeAI Error]: Error fetching from https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:generateContent: [503 Service Unavailable] The model is overloaded. Please try again later.',
      '[GoogleGenerativeAI Error]: Error fetching from https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent: [503 Service Unavailable] The model is overloaded. Please try again later.',
      '[GoogleGenerativeAI Error]: Error fetching from https://generativelanguage.googleapis.com/v1beta/models/gemini-1.5-flash-8b:generateContent: [503 Service Unavailable] The model is overloaded. Please try again later.',
      '[GoogleGenerativeAI Error]: Error fetching from https://generativelanguage.googleapis.com/v1beta/models/gemini-3-pro:generateContent: [503 Service Unavailable] The model is overloaded. Please try again later.',
    ],
  },
  {
    kind: 'replicate-prediction-failed',
    name: 'PredictionError',
    messages: [
      'Prediction k7x2m9q4w1rm80cb3d5f failed after 41.2s: NSFW content detected. Try running it again, or try a different prompt.',
      'Prediction abc9d8e7f6g5h4i3j2k1 failed after 9s: NSFW content detected. Try running it again, or try a different prompt.',
      'Prediction 0z9y8x7w6v5u4t3s2r1q failed after 1m 12s: NSFW content detected. Try running it again, or try a different prompt.',
      'Prediction p1q2r3s4t5u6v7w8x9y0 failed after 800ms: NSFW content detected. Try running it again, or try a different prompt.',
      'Prediction m4n5o6p7q8r9s0t1u2v3 failed after 2.0s: NSFW content detected. Try running it again, or try a different prompt.',
      'Prediction d3e4f5g6h7i8j9k0l1m2 failed after 33s: NSFW content detected. Try running it again, or try a different prompt.',
    ],
  },
]
