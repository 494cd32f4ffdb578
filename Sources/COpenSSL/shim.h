#pragma once
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// Swift sees functions and plain numbers, not function-like or computed macros. Each of these gives one a name.

/// TLS 1.2 or newer, no compression, no renegotiation; returns 0 on failure.
static inline int islet_ssl_ctx_restrict(SSL_CTX *ctx)
{
    SSL_CTX_set_options(ctx, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE
                                 | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    return (int)SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);
}

/// A client keeps its tickets outside of OpenSSL; a server keeps nothing, its tickets hold everything.
static inline void islet_ssl_ctx_no_cache(SSL_CTX *ctx, int is_client)
{
    SSL_CTX_set_session_cache_mode(ctx, is_client ? SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL : SSL_SESS_CACHE_OFF);
}

static inline int islet_ssl_set_sni(SSL *ssl, const char *name)
{
    return (int)SSL_set_tlsext_host_name(ssl, name);
}

/// The slot of the SSL object that belongs to the application.
static inline int islet_ssl_set_owner(SSL *ssl, void *owner)
{
    return SSL_set_app_data(ssl, owner);
}

static inline void *islet_ssl_owner(const SSL *ssl)
{
    return SSL_get_app_data(ssl);
}

/// Marks the connection as closed in good order, so that freeing it does not spoil its session for resumption.
static inline void islet_ssl_forget_shutdown(SSL *ssl)
{
    SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}

static inline void islet_bio_clear_retry(BIO *bio)
{
    BIO_clear_retry_flags(bio);
}

static inline void islet_bio_set_retry_read(BIO *bio)
{
    BIO_set_retry_read(bio);
}

/// What a memory BIO holds; the bytes stay the BIO's own.
static inline long islet_bio_contents(BIO *bio, char **bytes)
{
    return BIO_get_mem_data(bio, bytes);
}
