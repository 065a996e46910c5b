FROM python:3.12-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY main.py ./
COPY models ./models
COPY layouts ./layouts
COPY components ./components
COPY app ./app
RUN useradd --create-home platform && mkdir /data && chown platform /data
USER platform
ENV CESTPOSSIBLE_HOST=0.0.0.0 CESTPOSSIBLE_DATA_DIR=/data
VOLUME /data
EXPOSE 8080
CMD ["python", "main.py", "serve"]
