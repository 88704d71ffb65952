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

# Words that AI news holds everywhere (one item in 200 or more, in most weeks): never rare, however small the input.
TRADE_WORDS = _words("""
ability able accelerate access according account across act action actually ad add added adoption advanced against age
agency agent agentic ago ai aim allow almost already alway analysis announce announced another answer anthropic anyone
anything api app application approach april architecture aren around artificial ask assistant assisted attack auto automate
automated automatically automation autonomous available back based basic become becoming beginner behavior behind benchmark
best better between beyond big biggest billion block blog both break bring bug build builder building built business buy
call called capability case center ceo chain challenge change changed changing chat chatbot chatgpt check claim claude click
client cloud co code codebase coding come coming command community company comparison complete complex compute computer
conference connect content context continue control conversation core cost course cover create creating critical current
currently custom customer cut daily dashboard data database day de deal decision deep default demand demo deploy design
designed detail dev developer development device didn different digital directly discover discovery discuss document doesn
done dose download drive driven drop early edition editor effort else email employee enable end engine engineer engineering
enough enterprise entire environment episode era error even event ever every everyone everything exactly example execution
existing expand experience experiment expert explain explained explore far fast faster feature feel file find firm first fix
flash focus follow following format found foundation founder framework free frontier full fully future game gap general
generate generated generation generative give global go going good google governance gpt gpu great group growing growth
guide hand handle hard harness head help hey hi high history hit hn home host hour how http human ide idea impact improve
incident include including industry information infrastructure inside insight instead integration intelligence interactive
interface internet introduce introducing investment investor issue job join keep kept key kind know knowledge lab language
large last later latest launch launched launching layer lead leader learn learning led less level life limit line list live
llm local long longer look looking loop lot machine made major manage manual march market marketing matter max mean media
message microsoft million minute mode model modern money month move moving multi multiple name native nearly need needed
network never newsletter next non note offer official often old online open openai operation orchestration organization
output overview page paper part partner partnership past pattern pay people performance personal piece pipeline plan
planning platform plugin plus point policy power powered powerful practical practice preview private pro problem process
product production productivity professional program progress project prompt protocol provide public published pull push put
quality query question raise raised rate rather ready real reason reasoning recent recently reduce related release released
remote repo report reportedly request research researcher response result retrieval reveal revenue review right rise risk
role round rule run running saa safety same save scale scaling scratch second secret secure security self server service
sery session set setting setup share shared shift ship short show side sign signal simple since single site small social
software solution solve something source speed spent stack start started starting startup state status step stop store story
strategy structured studio study style subscription supply support system take taking talk task team tech technical
technology tell term terminal test tested testing text thank thing think thinking third thought threat three time today
together token tool top toward track traditional train training trend tried trust try trying turn tutorial two type u.s ui
understand unveil update usage useful user valuation value venture version vibe visual vs wanted web webinar website week
weekday weekly whether why window within word work worker workflow working world write writing written wrong year yet zero
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
