#include "services/platform/journal/producer.h"

#include <librdkafka/rdkafka.h>

#include <atomic>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/async/one_shot.h"
#include "services/platform/journal/kafka_log.h"

namespace tsunagu::journal {
namespace {

using Result = absl::StatusOr<int64_t>;
using Pending = std::shared_ptr<OneShot<Result>>;

constexpr int kPollMilliseconds = 100;
constexpr int kFlushMilliseconds = 5000;
constexpr int kLookUpMilliseconds = 5000;

// Latency before throughput; facts: log-decides 4.4.
constexpr std::pair<const char*, const char*> kSettings[] = {
    {"enable.idempotence", "true"},
    {"linger.ms", "0"},
    {"socket.nagle.disable", "true"},
    {"message.timeout.ms", "30000"},
    {"request.timeout.ms", "5000"},
    {"retry.backoff.ms", "20"},
    {"reconnect.backoff.ms", "50"},
    {"reconnect.backoff.max.ms", "1000"},
    {"message.max.bytes", "4194304"},
    {"queue.buffering.max.messages", "200000"},
    {"topic.metadata.refresh.interval.ms", "30000"},
};

// One librdkafka producer and the thread that serves its delivery reports. It is the opaque pointer
// of its librdkafka, and gets reports until it is gone.
class Handle {
 public:
  explicit Handle(asio::io_context& loop) : loop_(loop) {}

  ~Handle() {
    if (kafka_ == nullptr) return;
    // First the thread: flushing serves reports too, and only one may collect them at a time.
    stopping_ = true;
    thread_.join();
    rd_kafka_flush(kafka_, kFlushMilliseconds);
    HandOver();
    for (rd_kafka_topic_t* topic : topics_) rd_kafka_topic_destroy(topic);
    rd_kafka_destroy(kafka_);
  }

  // Once.
  void Start(rd_kafka_t* kafka) {
    kafka_ = kafka;
    thread_ = std::thread([this] { ServeReports(); });
  }

  rd_kafka_t* kafka() { return kafka_; }

  // Learns the leaders of a topic's partitions and keeps them known.
  void LookUp(const std::string& name) {
    topics_.push_back(rd_kafka_topic_new(kafka_, name.c_str(), nullptr));
    const rd_kafka_metadata_t* metadata = nullptr;
    if (rd_kafka_metadata(kafka_, 0, topics_.back(), &metadata, kLookUpMilliseconds) ==
        RD_KAFKA_RESP_ERR_NO_ERROR) {
      rd_kafka_metadata_destroy(metadata);
    }
  }

  // Collects on the thread that polls or flushes; HandOver gives them to the loop.
  void Report(Pending pending, Result result) {
    reports_.emplace_back(std::move(pending), std::move(result));
  }

 private:
  void ServeReports() {
    while (!stopping_) {
      rd_kafka_poll(kafka_, kPollMilliseconds);
      HandOver();
    }
  }

  void HandOver() {
    if (reports_.empty()) return;
    asio::post(loop_, [reports = std::exchange(reports_, {})]() mutable {
      for (auto& [pending, result] : reports) pending->Set(std::move(result));
    });
  }

  asio::io_context& loop_;
  rd_kafka_t* kafka_ = nullptr;
  std::vector<rd_kafka_topic_t*> topics_;
  std::vector<std::pair<Pending, Result>> reports_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

Result ToResult(const rd_kafka_message_t& message) {
  if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) return message.offset;
  const std::string text = absl::StrCat("Kafka: ", rd_kafka_err2str(message.err));
  if (rd_kafka_message_status(&message) == RD_KAFKA_MSG_STATUS_NOT_PERSISTED) {
    return absl::UnavailableError(text);
  }
  return absl::UnknownError(text);
}

void OnDelivery(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
  const std::unique_ptr<Pending> pending(static_cast<Pending*>(message->_private));
  static_cast<Handle*>(opaque)->Report(*pending, ToResult(*message));
}

class KafkaProducer : public Producer {
 public:
  KafkaProducer(asio::io_context& loop, std::string brokers, std::vector<std::string> topics)
      : loop_(loop), brokers_(std::move(brokers)), topics_(std::move(topics)) {}

  // Also after a fatal error of the idempotent producer, which ends a handle's life (facts:
  // log-decides 4.3). Records under way on the old handle are reported as of unknown fate.
  absl::Status Connect() {
    auto handle = std::make_unique<Handle>(loop_);
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    char error[512];
    const auto set = [&](const char* name, const char* value) {
      return rd_kafka_conf_set(conf, name, value, error, sizeof error) == RD_KAFKA_CONF_OK;
    };
    bool good = set("bootstrap.servers", brokers_.c_str());
    for (const auto& [name, value] : kSettings) good = good && set(name, value);
    rd_kafka_conf_set_dr_msg_cb(conf, &OnDelivery);
    rd_kafka_conf_set_log_cb(conf, &LogKafka);
    rd_kafka_conf_set_opaque(conf, handle.get());
    rd_kafka_t* kafka = good ? rd_kafka_new(RD_KAFKA_PRODUCER, conf, error, sizeof error) : nullptr;
    if (kafka == nullptr) {
      rd_kafka_conf_destroy(conf);
      return absl::InvalidArgumentError(absl::StrCat("Kafka producer: ", error));
    }
    handle->Start(kafka);
    for (const std::string& topic : topics_) handle->LookUp(topic);
    handles_.push_back(std::move(handle));
    return absl::OkStatus();
  }

  asio::awaitable<Result> Append(std::string topic, int partition, std::string key,
                                 std::string value, absl::Time deadline) override {
    auto pending = std::make_shared<OneShot<Result>>(loop_.get_executor());
    rd_kafka_resp_err_t error = Produce(topic, partition, key, value, pending);
    if (error == RD_KAFKA_RESP_ERR__FATAL && Connect().ok()) {
      error = Produce(topic, partition, key, value, pending);
    }
    if (error == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
      co_return absl::ResourceExhaustedError("the queue to the broker is full");
    }
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
      co_return absl::UnavailableError(absl::StrCat("Kafka: ", rd_kafka_err2str(error)));
    }
    auto result = co_await pending->WaitUntil(deadline);
    if (result.has_value()) co_return *std::move(result);
    co_return absl::UnknownError("the broker has not confirmed the record in time");
  }

 private:
  rd_kafka_resp_err_t Produce(const std::string& topic, int partition, const std::string& key,
                              const std::string& value, const Pending& pending) {
    auto boxed = std::make_unique<Pending>(pending);
    const rd_kafka_resp_err_t error = rd_kafka_producev(
        handles_.back()->kafka(), RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(partition),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key.data(), key.size()),
        RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()),
        RD_KAFKA_V_OPAQUE(boxed.get()), RD_KAFKA_V_END);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) boxed.release();  // OnDelivery takes it
    return error;
  }

  asio::io_context& loop_;
  const std::string brokers_;
  const std::vector<std::string> topics_;
  std::vector<std::unique_ptr<Handle>> handles_;  // one per connection ever made; the last is used
};

}  // namespace

absl::StatusOr<std::unique_ptr<Producer>> Producer::Create(asio::io_context& loop,
                                                           std::string brokers,
                                                           std::vector<std::string> topics) {
  auto producer = std::make_unique<KafkaProducer>(loop, std::move(brokers), std::move(topics));
  if (absl::Status status = producer->Connect(); !status.ok()) return status;
  return producer;
}

}  // namespace tsunagu::journal
