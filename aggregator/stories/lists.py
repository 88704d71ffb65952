"""The word lists of this room. Makers and products stand here: they say what a text is about, and not for whom it is."""


def _words(block: str) -> frozenset[str]:
    return frozenset(block.split())


def _phrases(block: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for line in block.splitlines() for phrase in line.split("|") if phrase.strip())


# Words that say nothing of the subject, among them what feeds add to every text.
STOP_WORDS = _words("""
a about after again all also am an and any are as at be because been before being but by can could did do does doing don
down during each few for from further get gets getting got had has have having he her here hers him his how i if in into is
isn it its itself just let like make makes making many may me might more most much must my new no nor not now of off on once
one only or other our out over own per really s said say says see she should so some still such t than that the their them
then there these they this those through to too under until up us use used uses using ve very via want was way we well were
what when where which while who whom why will with without won would you your yours r re ll d m post appeared first read
comments points submitted link discussion tags url article watch
""")

# Words that half of all AI news holds: never rare, however small the input.
TRADE_WORDS = _words("""
ai model models agent agents llm llms open source code coding data tool tools app apps company companies tech google openai
anthropic microsoft claude gpt chatgpt gemini launch launches launched release releases released announces introducing build
building built based language large learning machine generative intelligence artificial research researchers paper system
systems user users developer developers software work working time today week year people world help helps million billion
first free show hn ask better best big next why how video feature features update updates support team platform product
products
""")

# Words before a number that is no version.
UNVERSIONED = _words("""
january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept
oct nov dec top the in of over by for and than about with after under up to at on from least just first last next only
nearly around almost between day days week weeks hour hours year years age part all its our are is was has have any what how
these those top these
""")

# One of these in a title makes a text one about AI.
SURELY_AI = _phrases("""
ai | a.i | agi | asi | llm | vlm | slm | gpt | chatgpt | openai | anthropic | claude | gemini | deepmind | copilot
codex | deepseek | qwen | mistral | llama | grok | xai | kimi | gemma | nemotron | perplexity | artificial intelligence
machine learning | deep learning | neural network | neural net | language model | foundation model | frontier model
world model | diffusion model | reasoning model | generative | genai | gen ai | agentic | ai agent | coding agent
chatbot | prompt injection | prompt engineering | vibe coding | vibe coded | vibecoding | vibe code | hugging face
ollama | vllm | llama.cpp | gguf | lora | rag | retrieval-augmented | embedding | vector database | reranker
fine-tuning | fine-tuned | pretraining | rlhf | reinforcement learning | transformer model | tokenizer | text-to-image
text-to-video | text-to-speech | speech-to-text | deepfake | stable diffusion | midjourney | sora | nano banana
openclaw | langchain | langgraph | llamaindex | cursor | windsurf | notebooklm | claude code | mcp
model context protocol | computer vision | nvidia | superintelligence | robotaxi | self-driving | humanoid | multimodal
hallucination | inference engine | pytorch | tensorflow | interpretability | arc-agi | slop | sam altman | altman
mythos | moltbook | autoresearch | opus | sonnet | haiku | subagent | agent skill | multi-agent | ai-generated
turboquant
""")

# These only add to the others.
MAYBE_AI = _phrases("""
agent | model | inference | prompt | gpu | tpu | training | trained | neural | automation | autonomous | assistant
token | dataset | benchmark | robot | algorithm | chip | data center | semantic | weights | quantization | cuda
attention | vibe | hyperscaler | alignment | workflow | voice | context window | n8n | robotics | arxiv | eval | siri
alexa | on-device | compute | skill | transformer
""")

# Makers and models that every AI engineer depends on.
MAKERS = _phrases("""
openai | anthropic | claude | gpt | chatgpt | gemini | google | deepmind | meta | llama | microsoft | apple | nvidia
deepseek | qwen | mistral | pentagon | cursor | xai
""")

# Words of a title that say that something happened.
EVENTS = _phrases("""
release | released | launch | launches | launched | introducing | introduces | announces | unveils | announcing | raises
acquires | acquisition | acquired | sues | sued | lawsuit | judge | ban | bans | banned | outage | down | leak | leaked
hack | hacked | compromised | layoffs | cuts | resigns | leaves | joins | shuts down | open source | open-source
open weights | agreement | deal | billion | designates | supply chain | vulnerability | breach | system card
""")
